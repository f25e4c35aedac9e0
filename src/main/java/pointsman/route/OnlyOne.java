package pointsman.route;

/// There is one model for what is asked, so nothing was scored or decided.
///
/// @param model by its name
public record OnlyOne(String model) implements Grounds {
    @Override
    public String reason() {
        return "only_one";
    }
}
