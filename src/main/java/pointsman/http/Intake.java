package pointsman.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.codec.multipart.PartEvent;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;

/// One request on its way in: its texts in memory, its file on the disk, both within their limits.
///
/// Every file that it makes is its own until somebody keeps it, and closing removes the rest. Closing may come at any
/// time and from any thread, because a client may leave at any time: what comes after it is dropped.
public final class Intake implements AutoCloseable {
    private final FormLimits limits;
    private final Incoming incoming;
    private final String fileField;
    private final List<Path> files = new ArrayList<>();
    private final List<FormJson.Text> texts = new ArrayList<>();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private @Nullable SeekableByteChannel output;
    private String fileName = "";
    private long textBytes;
    private boolean isInPart;
    private boolean isClosed;

    /// @param fileField the name of the part that is the file
    Intake(FormLimits limits, Incoming incoming, String fileField) {
        this.limits = limits;
        this.incoming = incoming;
        this.fileField = fileField;
    }

    /// Takes the next piece of a form.
    synchronized void take(PartEvent event) {
        var name = event.headers().getContentDisposition().getName();
        if (name == null) {
            throw HttpRefusals.badBody("A part of the form has no name.");
        }
        if (name.equals(fileField)) {
            takeFile(event);
        } else {
            takeText(name, event);
        }
        isInPart = !event.isLast();
    }

    /// Takes the next piece of a body that is no form.
    synchronized void takeBody(DataBuffer buffer) {
        if (files.isEmpty()) {
            begin();
        }
        write(buffer);
    }

    private void takeFile(PartEvent event) {
        if (!isInPart) {
            if (!files.isEmpty()) {
                throw HttpRefusals.badBody("The form holds more than one file.");
            }
            var name = event.headers().getContentDisposition().getFilename();
            fileName = name == null ? "" : name;
            begin();
        }
        write(event.content());
    }

    private void begin() {
        var file = newFile();
        try {
            output = Files.newByteChannel(file, StandardOpenOption.WRITE);
        } catch (IOException _) {
            throw HttpRefusals.diskFull();
        }
    }

    private void write(DataBuffer buffer) {
        if (output == null) {
            return;
        }
        try (var bytes = buffer.readableByteBuffers()) {
            while (bytes.hasNext()) {
                var piece = bytes.next();
                if (output.position() + piece.remaining() > limits.upload().toBytes()) {
                    throw tooLarge();
                }
                while (piece.hasRemaining()) {
                    output.write(piece);
                }
            }
        } catch (IOException _) {
            throw HttpRefusals.diskFull();
        }
    }

    private void takeText(String name, PartEvent event) {
        var content = event.content();
        textBytes += content.readableByteCount();
        if (textBytes > limits.form().toBytes()) {
            throw new Failure.BodyTooLarge(limits.form().toBytes()).asException();
        }
        var piece = new byte[content.readableByteCount()];
        content.read(piece);
        text.writeBytes(piece);
        if (event.isLast()) {
            texts.add(new FormJson.Text(name, text.toString(UTF_8)));
            text.reset();
        }
    }

    /// What came as a form. Its texts are read only now: trees are large, and the rest of a form may take its time.
    Form form() {
        return finished(() -> new Form(FormJson.fields(texts), files.stream().findFirst(), fileName, false));
    }

    /// What came as JSON.
    Form json(FormJson json) {
        return finished(() -> {
            try {
                return files.isEmpty() ? nothing() : json.read(files.getFirst(), this::newFile);
            } catch (IOException _) {
                throw HttpRefusals.diskFull();
            }
        });
    }

    private static Form nothing() {
        throw FormJson.noObject();
    }

    private Form finished(Supplier<Form> form) {
        synchronized (this) {
            closeOutput();
        }
        return form.get();
    }

    /// A further file that goes with this request. It is there already: whoever opens it shall not make it anew, for
    /// the request may have ended meanwhile.
    public synchronized Path newFile() {
        if (isClosed) {
            throw HttpRefusals.badBody("The client has left.");
        }
        var file = incoming.newFile();
        files.add(file);
        return file;
    }

    private FailureException tooLarge() {
        return new Failure.BodyTooLarge(limits.upload().toBytes()).asException();
    }

    private void closeOutput() {
        try {
            if (output != null) {
                output.close();
            }
        } catch (IOException _) {
            throw HttpRefusals.diskFull();
        } finally {
            output = null;
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        try {
            closeOutput();
        } catch (FailureException _) {
            // What is removed need not be on the disk.
        }
        files.forEach(Incoming::discard);
    }
}
