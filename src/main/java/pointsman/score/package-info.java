/// How likely the small model's answer is good enough: a tokenizer, an ONNX classifier, a calibration.
///
/// ## Why one prompt at a time?
/// The int8 graph chooses the scale of its activations from everything in the batch, padding included. Scored
/// in a batch of eight, a prompt's probability moved by up to some hundredths with its neighbours; alone it is
/// the same number in the gateway, on the command line and in the evaluation, bit for bit, so any decision can
/// be replayed. A batch also gains little on a CPU: throughput comes from scoring several prompts on several
/// threads, each with one ONNX thread.
///
/// ## Why an own WordPiece?
/// The tokenizer's reference is native code behind JNI: 70 us for 174 characters against 4 us here, a library
/// unpacked to the home directory (which a read-only container does not have), and a string conversion that
/// lone surrogates break. WordPiece is a hundred lines; `WordPieceTest` holds it against the reference, code
/// point by code point.
@NullMarked
package pointsman.score;

import org.jspecify.annotations.NullMarked;
