package pointsman.lab.server;

/// What a process has used since it began.
///
/// @param user and system: microseconds of processor time
/// @param allocated bytes on the heap, by all its threads
record Usage(long user, long system, long allocated) {
    Usage minus(Usage earlier) {
        return new Usage(user - earlier.user, system - earlier.system, allocated - earlier.allocated);
    }

    long processor() {
        return user + system;
    }
}
