package pointsman.table;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/// OpenAI's `o200k_base` vocabulary; texts that look like control tokens are taken as plain text.
///
/// Its 200,000 tokens take half a second to load, so they are loaded once a process, with this
/// class. Safe for use by several threads.
public final class O200k implements TokenCounter {
    private static final Encoding ENCODING = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    @Override
    public int count(String text) {
        return ENCODING.countTokensOrdinary(text);
    }

    /// The tokens of a text, in order.
    public int[] encode(String text) {
        return ENCODING.encodeOrdinary(text).toArray();
    }
}
