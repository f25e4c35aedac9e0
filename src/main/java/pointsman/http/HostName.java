package pointsman.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The host of a `Host` header, without its port: a name or an address, in lower case.
record HostName(String text) {
    private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9._-]{1,253}?)\\.?(:\\d{0,5})?");
    private static final Pattern BRACKETED = Pattern.compile("\\[([0-9A-Fa-f:.]{2,45})](:\\d{0,5})?");

    /// The host of a header, if it is one at all.
    static Optional<HostName> of(String header) {
        var bracketed = BRACKETED.matcher(header);
        if (bracketed.matches()) {
            return Optional.of(new HostName(bracketed.group(1).toLowerCase(Locale.ROOT)));
        }
        var named = NAMED.matcher(header);
        return named.matches() ? Optional.of(new HostName(named.group(1).toLowerCase(Locale.ROOT))) : Optional.empty();
    }

    /// Whether it can only be this machine. Names are not looked up: whoever owns one can have it say
    /// anything.
    boolean isLoopback() {
        if (text.equals("localhost") || text.endsWith(".localhost")) {
            return true;
        }
        var address = NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return address != null && InetAddress.getByAddress(address).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }
}
