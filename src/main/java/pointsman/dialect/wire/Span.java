package pointsman.dialect.wire;

/// A half-open range of byte offsets into a body.
public record Span(int start, int end) {
    public int length() {
        return end - start;
    }
}
