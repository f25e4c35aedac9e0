package pointsman.lab.router;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pointsman.learn.QualityCurve;

/// Draws quality curves as SVG, a panel a task: how much of the gap between small and large is recovered, against the
/// share of prompts that large answers. It reads on white and on black, for it is shown in pages of either kind.
final class CurvePicture {
    private static final int COLUMNS = 3;
    private static final int PANEL_WIDTH = 300;
    private static final int PANEL_HEIGHT = 240;
    private static final int LEGEND_WIDTH = 500;
    private static final int LEGEND_HEIGHT = 40;
    private static final int LEFT = 46;
    private static final int TOP = 34;
    private static final int PLOT_WIDTH = 240;
    private static final int PLOT_HEIGHT = 170;
    private static final double HIGHEST = 1.5; // of the gap: what is above is cut off
    private static final int POINTS = 200;

    private CurvePicture() {}

    /// The picture's file.
    public static String svg(List<ScoredTask> tasks) {
        var columns = Math.min(COLUMNS, tasks.size());
        var rows = (tasks.size() + columns - 1) / columns;
        var panels = IntStream.range(0, tasks.size())
                .mapToObj(number ->
                        panel(tasks.get(number), PANEL_WIDTH * (number % columns), PANEL_HEIGHT * (number / columns)))
                .collect(Collectors.joining());
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="11">
                <style>
                  text { fill: #777 } .frame { fill: none; stroke: #999 } path { fill: none }
                  .router { stroke: #d9480f; stroke-width: 2 } .length { stroke: #1c7ed6 }
                  .random { stroke: #999; stroke-dasharray: 4 3 } .oracle { stroke: #2b8a3e; stroke-dasharray: 1 3 }
                </style>
                %s%s</svg>
                """.formatted(
                        Math.max(LEGEND_WIDTH, columns * PANEL_WIDTH),
                        rows * PANEL_HEIGHT + LEGEND_HEIGHT,
                        panels,
                        legend(rows * PANEL_HEIGHT));
    }

    private static String legend(int y) {
        var names = List.of("router", "length", "random", "oracle");
        var lines = IntStream.range(0, names.size())
                .mapToObj(number -> {
                    var x = LEFT + number * PANEL_WIDTH / 4;
                    return """
                            <path class="%s" d="M%d %dh20"/><text x="%d" y="%d">%1$s</text>
                            """.formatted(names.get(number), x, y + 4, x + 25, y + 8);
                })
                .collect(Collectors.joining());
        return """
                %s<text x="%d" y="%d">Across: calls to large. Up: how much of what large gains over small is kept.</text>
                """.formatted(lines, LEFT, y + 28);
    }

    private static String panel(ScoredTask task, int x, int y) {
        var baselines = new Baselines(task);
        return """
                <g transform="translate(%d %d)">
                <text x="%d" y="%d">%s</text>
                <rect class="frame" x="%d" y="%d" width="%d" height="%d"/>
                <path class="random" d="%s"/>
                <path class="oracle" d="%s"/>
                <path class="length" d="%s"/>
                <path class="router" d="%s"/>
                %s%s</g>
                """.formatted(
                        x,
                        y,
                        LEFT,
                        TOP - 8,
                        task.task().title().replace("&", "&amp;").replace("<", "&lt;"),
                        LEFT,
                        TOP,
                        PLOT_WIDTH,
                        PLOT_HEIGHT,
                        "M" + point(0, 0) + "L" + point(1, 1),
                        path(task.rankedBy(baselines.oracle()).curve()),
                        path(task.rankedBy(baselines.length()).curve()),
                        path(task.rankedBy(task.rank()).curve()),
                        shareLabels(),
                        gapLabels());
    }

    private static String shareLabels() {
        return IntStream.rangeClosed(0, 4)
                .mapToObj(quarter -> "<text text-anchor=\"middle\" x=\"%d\" y=\"%d\">%d %%</text>%n"
                        .formatted(LEFT + quarter * PLOT_WIDTH / 4, TOP + PLOT_HEIGHT + 15, 25 * quarter))
                .collect(Collectors.joining());
    }

    private static String gapLabels() {
        return IntStream.rangeClosed(0, 3)
                .mapToObj(half -> String.format(
                        Locale.ROOT,
                        "<text text-anchor=\"end\" x=\"%d\" y=\"%.0f\">%d %%</text>%n",
                        LEFT - 4,
                        TOP + PLOT_HEIGHT - half * 0.5 / HIGHEST * PLOT_HEIGHT + 4,
                        50 * half))
                .collect(Collectors.joining());
    }

    private static String path(QualityCurve curve) {
        var steps = curve.share().length;
        var every = Math.max(1, steps / POINTS);
        return IntStream.range(0, steps)
                .filter(step -> step % every == 0 || step == steps - 1)
                .mapToObj(step -> (step == 0 ? "M" : "L")
                        + point(
                                curve.share()[step],
                                (curve.quality()[step] - curve.small()) / (curve.large() - curve.small())))
                .collect(Collectors.joining());
    }

    private static String point(double share, double recovered) {
        var height = Math.clamp(recovered / HIGHEST, 0, 1);
        return String.format(
                Locale.ROOT, "%.1f %.1f", LEFT + share * PLOT_WIDTH, TOP + PLOT_HEIGHT - height * PLOT_HEIGHT);
    }
}
