package pointsman.job.store;

/// A contiguous piece of a job's questions, sent strictly in sequence by one worker at a time.
///
/// @param jobId whose it is
/// @param number from 0 in its job
/// @param upstream where all of it is sent, by its name
/// @param head the beginning that the bodies of all its questions share; stored once
public record Lane(String jobId, int number, String upstream, String head) {}
