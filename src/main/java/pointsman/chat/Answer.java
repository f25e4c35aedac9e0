package pointsman.chat;

import java.util.List;
import pointsman.fleet.AnswerPart;
import pointsman.route.Choice;
import reactor.core.publisher.Flux;

/// An answer that has begun: who gives it and why, and its bytes as they come.
///
/// @param choice the model that answers, and why
/// @param dropped the names of what of the request that model was not told
/// @param promptBytes the length of what was asked, for an estimate of its tokens
/// @param first part of it, which is also the first of its parts
/// @param parts all of it; to cancel them cancels the upstream's call
record Answer(Choice choice, List<String> dropped, int promptBytes, AnswerPart first, Flux<AnswerPart> parts) {}
