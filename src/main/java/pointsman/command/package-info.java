/// The commands of the jar: each a class of picocli's, with its progress, its exit codes and its ending in a sentence.
@NullMarked
package pointsman.command;

import org.jspecify.annotations.NullMarked;
