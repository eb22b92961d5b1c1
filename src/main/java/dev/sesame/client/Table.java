package dev.sesame.client;

import java.util.ArrayList;
import java.util.List;

/// Rows under each other, each column as wide as its widest cell; the last one may be of any width.
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heads) {
        rows.add(List.of(heads));
    }

    void row(String... cells) {
        rows.add(List.of(cells).stream().map(Printable::line).toList());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = i == row.size() - 1 ? 0 : width(i) + 2;
                String cell = row.get(i);
                text.append(cell).repeat(' ', Math.max(0, width - length(cell)));
            }
            text.append('\n');
        }
        return text.toString().strip();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
