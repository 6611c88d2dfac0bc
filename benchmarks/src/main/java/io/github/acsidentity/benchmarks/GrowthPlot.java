/*
 * Copyright 2026 the acs-identity authors
 * SPDX-License-Identifier: MIT
 */
package io.github.acsidentity.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Draws two panels: the cost of a get against the smallest number of users, and the memory. */
final class GrowthPlot {

    private static final int HEIGHT = 220;
    private static final int WIDTH = 300;

    private GrowthPlot() {}

    static String draw(List<Growth.Point> points) {
        double one = points.get(0).nanosOfMap();
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 780 320\" font-family=\"sans-serif\""
                + " font-size=\"12\">\n<rect width=\"780\" height=\"320\" fill=\"white\"/>\n");
        double top = points.stream()
                .mapToDouble(point -> Math.max(point.nanos(), point.nanosOfMap()) / one)
                .max()
                .orElseThrow();
        frame(svg, 60, "Time of a get (map at 1,000 users = 1)", points, top);
        line(svg, 60, "#1f5fa8", points, top, point -> point.nanos() / one);
        line(svg, 60, "#999999", points, top, point -> point.nanosOfMap() / one);
        label(svg, 70, 60, "#1f5fa8", "acs-identity");
        label(svg, 70, 76, "#777777", "ConcurrentHashMap");
        double most = points.stream().mapToDouble(Growth.Point::bytes).max().orElseThrow();
        frame(svg, 450, "Heap per user, texts left out (B)", points, most);
        line(svg, 450, "#1f5fa8", points, most, Growth.Point::bytes);
        return svg.append("</svg>\n").toString();
    }

    private static void frame(StringBuilder svg, int left, String title, List<Growth.Point> points, double top) {
        label(svg, left, 24, "black", title);
        for (int i = 0; i <= 4; i++) {
            int y = y(top * i / 4, top);
            svg.append("<path d=\"M%d %dh%d\" stroke=\"#dddddd\"/>\n".formatted(left, y, WIDTH));
            label(svg, left - 34, y + 4, "black", (top < 20 ? "%.1f" : "%.0f").formatted(top * i / 4));
        }
        for (int i = 0; i < points.size(); i++) {
            label(
                    svg,
                    x(left, i, points) - 14,
                    290,
                    "black",
                    "%,d".formatted(points.get(i).users()));
        }
        label(svg, left + WIDTH / 2 - 14, 310, "black", "users");
    }

    private static void line(
            StringBuilder svg,
            int left,
            String colour,
            List<Growth.Point> points,
            double top,
            ToDoubleFunction<Growth.Point> value) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < points.size(); i++) {
            path.append(i == 0 ? 'M' : 'L')
                    .append(x(left, i, points))
                    .append(' ')
                    .append(y(value.applyAsDouble(points.get(i)), top));
        }
        svg.append("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n".formatted(path, colour));
    }

    private static void label(StringBuilder svg, int x, int y, String colour, String text) {
        svg.append("<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>\n".formatted(x, y, colour, text));
    }

    private static int x(int left, int index, List<Growth.Point> points) {
        return left + 10 + index * (WIDTH - 30) / (points.size() - 1);
    }

    private static int y(double value, double top) {
        return 270 - (int) Math.round(value / top * HEIGHT);
    }
}
