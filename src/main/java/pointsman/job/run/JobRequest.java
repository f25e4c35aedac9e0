package pointsman.job.run;

import pointsman.job.Endpoint;
import pointsman.job.Question;
import pointsman.job.ReplyReader;
import pointsman.route.Grounds;

/// A question on its way to a model.
///
/// @param id for the ledger
/// @param tenant whose job it belongs to
/// @param reader makes answers of what comes back
record JobRequest(String id, String tenant, Question question, ReplyReader reader) {
    Endpoint endpoint() {
        return reader.endpoint();
    }

    /// The same for another upstream than it was planned for.
    JobRequest under(Grounds grounds) {
        return new JobRequest(id, tenant, question.under(grounds), reader);
    }
}
