package pointsman.dialect;

/// A half-open range of byte offsets into a body.
record Span(int start, int end) {
    int length() {
        return end - start;
    }
}
