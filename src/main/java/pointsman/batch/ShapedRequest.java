package pointsman.batch;

import java.util.List;
import java.util.Optional;
import pointsman.dialect.chat.LastUserText;
import pointsman.job.Prompt;
import pointsman.job.Question;

/// A chat request whose last message is a user's and holds fields.
///
/// @param question the request
/// @param last the text of that message
/// @param fields of that message
/// @param shape what it has in common with others of its kind
record ShapedRequest(Question question, LastUserText last, FieldText fields, Shape shape) {
    /// Requests of one shape differ, as far as a model reads them, in the values of their fields only.
    ///
    /// @param frame the model, the tools, the form of the answer and all messages around the fields
    /// @param template of the fields
    record Shape(String frame, FieldText.Template template) {}

    /// A request as one with fields, if it is one.
    static Optional<ShapedRequest> of(Question question) {
        return LastUserText.of(question.body())
                .flatMap(last -> FieldText.of(last.text())
                        .map(fields ->
                                new ShapedRequest(question, last, fields, new Shape(last.frame(), fields.template()))));
    }

    /// The same request with its fields in another order. One that is in that order keeps its bytes.
    ///
    /// @param names of all fields
    Question inOrder(List<String> names) {
        var written = fields.fields().stream().map(FieldText.Field::name).toList();
        return names.equals(written)
                ? question
                : question.with(new Prompt.Written(last.replaced(fields.inOrder(names))));
    }
}
