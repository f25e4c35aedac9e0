package pointsman.batch;

import java.nio.charset.StandardCharsets;
import java.util.List;
import pointsman.job.Endpoint;
import pointsman.job.ItemAnswer;
import pointsman.job.Question;
import pointsman.job.ReplyReader;

/// A batch keeps every answer as it came.
record WholeReplies(Endpoint endpoint) implements ReplyReader {
    @Override
    public List<ItemAnswer> read(Question question, byte[] body) {
        return ItemAnswer.ofAll(question, ItemAnswer.OK, new String(body, StandardCharsets.UTF_8));
    }
}
