package pointsman.http;

import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What came in a request: fields, and at most one file, which lies in the uploads until it is kept or
/// discarded.
///
/// @param fields the JSON body without its rows, or the parts of a form
/// @param file the uploaded bytes, or the rows of a JSON body, one a line
/// @param fileName what the client calls it; empty if it has no name
/// @param inline whether the file is the rows of the request itself
public record Form(ObjectNode fields, Optional<Path> file, String fileName, boolean inline) {}
