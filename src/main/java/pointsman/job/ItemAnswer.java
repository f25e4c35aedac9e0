package pointsman.job;

/// What became of one item.
///
/// @param item its number, from 0
/// @param status 200, or the status of what went wrong
/// @param body the value or the upstream's answer as JSON; else the failure as `{"code", "message"}`
public record ItemAnswer(int item, int status, String body) {
    public static final int OK = 200;

    public boolean isGood() {
        return status == OK;
    }
}
