/// The wire formats as pure functions of bytes.
///
/// [Dialects#read] takes a client's body and gives a [ModelRequest], a view of what routing must know.
/// [ModelRequest#to] opens the [Passage] to one upstream: the body to send there, and the reader for what
/// comes back, whole or as a stream, which gives bytes in the client's dialect and the facts that
/// accounting needs.
///
/// Below this room lie, each using only those before it: `wire` (JSON, events, bytes), `conversation` and
/// `answer` (what is asked and what is answered, in words of no dialect), `openai` (what OpenAI's two
/// formats share), and the formats themselves, `chat`, `responses` and `messages`, which never use each
/// other; beside them `engine`, what a local engine takes of a request, `habit`, what the API of a provider
/// takes, and `batch`, the lines of OpenAI's batches. Only this room knows all three formats.
@NullMarked
package pointsman.dialect;

import org.jspecify.annotations.NullMarked;
