package pointsman.route;

/// There is one upstream for what is asked, so nothing was scored or decided.
public record OnlyOne() implements Grounds {
    @Override
    public String reason() {
        return "only_one";
    }
}
