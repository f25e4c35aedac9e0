/// The laboratory: what researchers run and no user needs.
@NullMarked
package pointsman.lab;

import org.jspecify.annotations.NullMarked;
