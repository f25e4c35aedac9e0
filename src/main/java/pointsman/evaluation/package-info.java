/// What outcomes tell about a router: how well it ranks prompts, and which threshold keeps a promise.
///
/// An *outcome* is a prompt with the quality, in [0, 1], of the answers that both models of a pair gave to it. The
/// measures are those of the literature (Ding et al., arXiv 2404.14618; Ong et al., arXiv 2406.18665) and agree with
/// `router-model/train/measure.py` number by number. Everything but the reading of files is pure arithmetic.
@NullMarked
package pointsman.evaluation;

import org.jspecify.annotations.NullMarked;
