package pointsman.cache;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import pointsman.dialect.chat.PromptText;
import pointsman.dialect.chat.PromptText.Place;
import pointsman.dialect.chat.PromptTokens;

/// Where requests say that a prompt's beginning is worth keeping, for caches that keep only what is
/// marked.
///
/// In the order of a plan, the beginnings that neighbours share are the inner nodes of a tree. A mark at
/// a node of `d` more tokens than the mark above it, and `u` prompts below it, writes them once and reads
/// them `u - 1` times instead of paying them `u` times; that is worth `d * (u * (1 - read) - (write -
/// read))` plain tokens. So where a write costs 1.25, two users pay for it, and where it costs 2, three.
/// What all prompts share is the first mark of every lane; of the nodes of its own tree a lane marks at
/// most three on each path, and those that are worth most together (a search over the tree that is exact,
/// since the worth of a mark depends on nothing but the mark above).
public final class Marks {
    private static final int MOST_OF_A_LANE = 3;

    private final ProviderCache cache;
    private final PromptTokens tokens;
    private final List<PromptText> prompts;
    private final List<List<Mark>> marks;

    private Marks(ProviderCache cache, PromptTokens tokens, List<PromptText> prompts) {
        this.cache = cache;
        this.tokens = tokens;
        this.prompts = prompts;
        this.marks = Stream.<List<Mark>>generate(ArrayList::new)
                .limit(prompts.size())
                .toList();
    }

    /// A mark.
    ///
    /// @param place in the prompt
    /// @param tokens of the prompt up to there
    /// @param beginning what stands there; equal beginnings are one entry of the cache
    public record Mark(Place place, int tokens, PromptText beginning) {}

    /// The marks of each prompt, the shortest beginning first.
    ///
    /// @param prompts in the order of sending
    /// @param starts where each lane begins
    public static List<List<Mark>> of(
            List<PromptText> prompts, int[] starts, ProviderCache cache, PromptTokens tokens) {
        return new Marks(cache, tokens, prompts).mark(starts);
    }

    private List<List<Mark>> mark(int[] starts) {
        int base = markAll();
        for (int lane = 0; lane < starts.length; lane++) {
            int end = lane + 1 < starts.length ? starts[lane + 1] : prompts.size();
            var choices = new HashMap<Scene, Choice>();
            best(tree(starts[lane], end), MOST_OF_A_LANE, base, choices).nodes().forEach(this::add);
        }
        return marks;
    }

    /// Marks what every prompt shares, and tells how many tokens that are.
    private int markAll() {
        var all = tree(0, prompts.size());
        if (!isKept(all) || worth(all, 0) <= 0) {
            return 0;
        }
        add(all);
        return all.tokens;
    }

    private void add(Node node) {
        var mark = new Mark(node.place, node.tokens, prompts.get(node.from).upTo(node.place));
        IntStream.range(node.from, node.to)
                .forEach(position -> marks.get(position).add(mark));
    }

    /// A beginning that neighbours share. Two are never equal, whatever they hold.
    private static final class Node {
        private final Place place;
        private final int from;
        private final List<Node> children = new ArrayList<>();
        private int to;
        private int tokens;

        /// @param place where it ends
        /// @param from the position of the first that has it
        Node(Place place, int from) {
            this.place = place;
            this.from = from;
        }

        int users() {
            return to - from;
        }
    }

    /// A question of the search: which marks below this node are best, if so many may be set and the last
    /// one above lies so deep?
    private record Scene(Node node, int most, int above) {}

    /// Its answer. The nodes nearer to the root come first.
    private record Choice(double worth, List<Node> nodes) {}

    private Choice best(Node node, int most, int above, Map<Scene, Choice> choices) {
        var scene = new Scene(node, most, above);
        var known = choices.get(scene);
        if (known != null) {
            return known;
        }
        var choice = below(node, most, above, choices);
        if (most > 0 && isKept(node) && worth(node, above) > 0) {
            var marked = below(node, most - 1, node.tokens, choices);
            if (worth(node, above) + marked.worth() > choice.worth()) {
                var nodes = new ArrayList<>(List.of(node));
                nodes.addAll(marked.nodes());
                choice = new Choice(worth(node, above) + marked.worth(), nodes);
            }
        }
        choices.put(scene, choice);
        return choice;
    }

    private Choice below(Node node, int most, int above, Map<Scene, Choice> choices) {
        var nodes = new ArrayList<Node>();
        double worth = 0;
        for (var child : most == 0 ? List.<Node>of() : node.children) {
            var choice = best(child, most, above, choices);
            worth += choice.worth();
            nodes.addAll(choice.nodes());
        }
        return new Choice(worth, nodes);
    }

    private double worth(Node node, int above) {
        double perToken = node.users() * (1 - cache.readFactor()) - (cache.writeFactor() - cache.readFactor());
        return (node.tokens - above) * perToken;
    }

    private boolean isKept(Node node) {
        return node.users() > 1 && node.tokens >= cache.rule().minimumTokens();
    }

    /// The tree of what neighbours share, from the beginning that all share on. A node is open until a
    /// prompt comes that does not share it (as with the intervals of equal prefixes in a suffix array,
    /// Abouelhoda et al. 2004).
    private Node tree(int from, int to) {
        var open = new ArrayDeque<Node>();
        open.push(new Node(Place.START, from));
        for (int position = from + 1; position < to; position++) {
            var shared = prompts.get(position - 1).shared(prompts.get(position));
            var next = new Node(shared, position - 1);
            while (open.element().place.compareTo(shared) > 0) {
                var closed = close(open.pop(), position);
                if (open.element().place.compareTo(shared) < 0) {
                    next = new Node(shared, closed.from);
                    next.children.add(closed);
                } else {
                    open.element().children.add(closed);
                }
            }
            if (open.element().place.compareTo(shared) < 0) {
                open.push(next);
            }
        }
        while (open.size() > 1) {
            var closed = close(open.pop(), to);
            open.element().children.add(closed);
        }
        var root = close(open.pop(), to);
        var isShared = root.children.size() == 1 && root.children.getFirst().users() == root.users();
        return isShared ? root.children.getFirst() : root;
    }

    private Node close(Node node, int to) {
        node.to = to;
        node.tokens = tokens.before(prompts.get(node.from).upTo(node.place));
        return node;
    }
}
