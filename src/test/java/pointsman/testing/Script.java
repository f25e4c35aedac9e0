package pointsman.testing;

import java.io.IOException;

/// What a [FakeUpstream] does with one call. It may block: every call has a virtual thread of its own.
@FunctionalInterface
public interface Script {
    /// Answers `exchange`; `argument` is what followed the mode's name, `[[mode:name:argument]]`, or empty.
    void answer(Exchange exchange, String argument) throws IOException, InterruptedException;
}
