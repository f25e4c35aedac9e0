package pointsman.job;

/// A kind of job: what it is called, and how what is particular to it is stored.
///
/// @param <D> what is particular to its jobs: what was asked, and what they were foreseen to cost
/// @param label by which the store knows it
/// @param word the word for people, and for codes of failures
/// @param prefix of the ids of its jobs
/// @param codec how its data is stored
public record JobKind<D>(String label, String word, String prefix, Codec<D> codec) {
    /// Texts of a kind's data, and data of its texts.
    public interface Codec<D> {
        Texts write(D data);

        /// Reads what this version or one before it has written.
        D read(Texts texts);
    }

    /// Data as it is stored.
    ///
    /// @param spec what was asked for; never changed
    /// @param forecast what the job was planned to cost; empty before it is planned
    public record Texts(String spec, String forecast) {}

    public String newId() {
        return prefix + Ids.at(System.currentTimeMillis());
    }
}
