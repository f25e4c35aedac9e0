/// How likely the small model's answer is good enough: a tokenizer, an ONNX classifier, a calibration.
@NullMarked
package pointsman.score;

import org.jspecify.annotations.NullMarked;
