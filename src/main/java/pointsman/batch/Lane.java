package pointsman.batch;

import pointsman.tier.Tier;

/// A contiguous piece of a job's questions, sent strictly in sequence by one worker at a time.
///
/// @param jobId whose it is
/// @param number from 0 in its job
/// @param tier where all of it is sent: a lane stays on its upstream
/// @param head the beginning that the bodies of all its questions share; stored once
record Lane(String jobId, int number, Tier tier, String head) {}
