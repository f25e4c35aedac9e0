package pointsman.fleet;

/// How the model behind an upstream is, as far as the gateway knows.
public interface Health {
    /// A server elsewhere, of which only its answers tell.
    Health UNKNOWN = new Health() {
        @Override
        public boolean isUp() {
            return true;
        }

        @Override
        public boolean isSettled() {
            return true;
        }

        @Override
        public boolean takesTools() {
            return true;
        }
    };

    /// Whether it can be asked now.
    boolean isUp();

    /// Whether its start has come to an end, be it that it runs or that it did not come up.
    boolean isSettled();

    /// Whether it reads the tools that it is offered.
    boolean takesTools();
}
