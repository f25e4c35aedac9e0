package pointsman.tablejob;

import pointsman.job.JobKind;

/// What is particular to a table job.
///
/// @param request what was asked for
/// @param forecast what it was planned to cost; [TableForecast#NONE] before it is planned
record TableWork(TableRequest request, TableForecast forecast) {
    /// The kind of job that asks a question of every row of a table.
    static final JobKind<TableWork> KIND = new JobKind<>("table", "table job", "job_", new TableWorkCodec());

    static TableWork unplanned(TableRequest request) {
        return new TableWork(request, TableForecast.NONE);
    }

    TableWork with(TableForecast other) {
        return new TableWork(request, other);
    }

    TableSpec spec() {
        return request.spec();
    }
}
