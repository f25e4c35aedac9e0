/// The commands of the jar: each a class of picocli's, with its progress, its exit codes and its ending in a
/// sentence; and what the gateway's start needs besides: prepared beans, the log, the lines that it begins with.
@NullMarked
package pointsman.command;

import org.jspecify.annotations.NullMarked;
