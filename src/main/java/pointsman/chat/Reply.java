package pointsman.chat;

import pointsman.tier.Decision;
import pointsman.upstream.AnswerPart;
import pointsman.upstream.Upstream;

/// A part of an answer, with who gave it and why.
record Reply(Decision decision, Upstream upstream, AnswerPart part) {}
