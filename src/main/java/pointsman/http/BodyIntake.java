package pointsman.http;

import java.util.Arrays;
import java.util.Optional;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import pointsman.failure.Failure;

/// A body while it comes in: its bytes, and whether it stays within its limits.
final class BodyIntake {
    private static final int FIRST = 4 << 10;

    private final BodyClaim claim;
    private final long maxBytes;
    private final long maxNodes;
    private final NodeCount counter = new NodeCount();
    private final long most;
    private final boolean isForm;
    private byte[] bytes;
    private int length;
    private long nodes;

    /// @param stated the length that the client states, or -1
    private BodyIntake(BodyClaim claim, long stated, BodyReader.Limits limits, boolean isForm) {
        this.isForm = isForm;
        this.claim = claim;
        this.maxBytes = limits.bytes();
        this.maxNodes = limits.nodes();
        if (stated > maxBytes) {
            throw tooLarge();
        }
        claim(Math.max(0, stated));
        this.most = stated > 0 ? stated : maxBytes;
        this.bytes = new byte[Math.clamp(stated, 0, FIRST)];
    }

    /// One of JSON.
    static BodyIntake ofJson(BodyClaim claim, long stated, BodyReader.Limits limits) {
        return new BodyIntake(claim, stated, limits, false);
    }

    /// One that passes as it is, and of which no values are counted.
    static BodyIntake ofForm(BodyClaim claim, long stated, BodyReader.Limits limits) {
        return new BodyIntake(claim, stated, limits, true);
    }

    private void claim(long size) {
        if (isForm) {
            claim.claimForm(size);
        } else {
            claim.claim(size, nodes);
        }
    }

    /// Takes in what has come.
    BodyIntake add(DataBuffer buffer) {
        try {
            int count = buffer.readableByteCount();
            if (length + (long) count > maxBytes) {
                throw tooLarge();
            }
            makeRoom(length + count);
            buffer.read(bytes, length, count);
            nodes = isForm ? 0 : counter.add(bytes, length, length + count);
            length += count;
        } finally {
            DataBufferUtils.release(buffer);
        }
        if (nodes > maxNodes) {
            throw new Failure.BadRequest(
                            "limit_exceeded",
                            "The JSON body holds more than the limit of %d values and names.".formatted(maxNodes),
                            Optional.empty())
                    .asException();
        }
        claim(bytes.length);
        return this;
    }

    /// The array grows with what has come, and not with what was promised. It is doubled, and so is the
    /// claim: of many bodies without a stated length that come at once half are refused at each step, and
    /// not all at the end.
    private void makeRoom(int needed) {
        if (needed > bytes.length) {
            var size = (int) Math.max(needed, Math.min(Math.max(FIRST, bytes.length * 2L), most));
            claim(size);
            bytes = Arrays.copyOf(bytes, size);
        }
    }

    /// All of it.
    byte[] whole() {
        if (!isForm) {
            claim.settle(length, nodes);
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private RuntimeException tooLarge() {
        return new Failure.BodyTooLarge(maxBytes).asException();
    }
}
