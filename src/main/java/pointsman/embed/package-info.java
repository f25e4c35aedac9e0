/// The choice as a library, for programs that call models themselves: the router scores a prompt in the
/// program's own process, and the gateway's own rule says which model it goes to. Needs ONNX Runtime and
/// Jackson; the routers of LangChain4j's models need its core, which is the program's to bring. Nothing
/// of the gateway uses this room, and the build makes a jar of it and what it needs
/// (`docs/embedding.md`).
@NullMarked
package pointsman.embed;

import org.jspecify.annotations.NullMarked;
