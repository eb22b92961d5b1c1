package dev.sesame.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Aho and Corasick's automaton: finds all of many words in one pass. A state is the longest end of the text read
/// so far that begins a word. Immutable.
final class Automaton {
    static final int ROOT = 0;
    private static final int ASCII = 128;

    /// Edges of the tree of words, in an open hash table: state and character → state.
    private final long[] keys;

    private final int[] targets;
    /// From the root by ASCII characters, which decides most steps.
    private final int[] fromRoot = new int[ASCII];
    /// The state of the longest shorter end that begins a word, too.
    private final int[] fallback;

    private final int[] depth;
    private final int[] found;
    private final boolean[] leaf;

    private Automaton(List<Map<Character, Integer>> tree, boolean[] word) {
        int states = tree.size();
        int capacity = Math.max(16, Integer.highestOneBit(states) * 4);
        keys = new long[capacity];
        Arrays.fill(keys, -1);
        targets = new int[capacity];
        fallback = new int[states];
        depth = new int[states];
        found = new int[states];
        leaf = new boolean[states];
        for (int state = 0; state < states; state++) {
            leaf[state] = tree.get(state).isEmpty();
            for (Map.Entry<Character, Integer> edge : tree.get(state).entrySet()) {
                put(state, edge.getKey(), edge.getValue());
            }
        }
        link(tree, word);
    }

    int next(int state, char c) {
        int from = state;
        while (from != ROOT) {
            int target = edge(from, c);
            if (target != ROOT) {
                return target;
            }
            from = fallback[from];
        }
        return c < ASCII ? fromRoot[c] : edge(ROOT, c);
    }

    /// The length of the longest word that ends here; 0 if none does.
    int found(int state) {
        return found[state];
    }

    /// How much of the text's end could still become a word.
    int open(int state) {
        int from = state;
        // A whole word that begins no longer one is found already.
        while (leaf[from] && from != ROOT) {
            from = fallback[from];
        }
        return depth[from];
    }

    /// Breadth first, since a state's fallback is one of less depth.
    private void link(List<Map<Character, Integer>> tree, boolean[] word) {
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        queue.add(ROOT);
        while (!queue.isEmpty()) {
            int state = queue.remove();
            found[state] = word[state] ? depth[state] : found[fallback[state]];
            for (Map.Entry<Character, Integer> edge : tree.get(state).entrySet()) {
                int target = edge.getValue();
                depth[target] = depth[state] + 1;
                if (state == ROOT) {
                    fallback[target] = ROOT;
                    if (edge.getKey() < ASCII) {
                        fromRoot[edge.getKey()] = target;
                    }
                } else {
                    fallback[target] = next(fallback[state], edge.getKey());
                }
                queue.add(target);
            }
        }
    }

    private void put(int state, char c, int target) {
        long key = key(state, c);
        int slot = slot(key);
        while (keys[slot] != -1) {
            slot = (slot + 1) & (keys.length - 1);
        }
        keys[slot] = key;
        targets[slot] = target;
    }

    private int edge(int state, char c) {
        long key = key(state, c);
        int slot = slot(key);
        while (keys[slot] != key) {
            if (keys[slot] == -1) {
                return ROOT;
            }
            slot = (slot + 1) & (keys.length - 1);
        }
        return targets[slot];
    }

    private static long key(int state, char c) {
        return (long) state << Character.SIZE | c;
    }

    private int slot(long key) {
        long hash = key * 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 32) & (keys.length - 1);
    }

    /// Collects the words.
    static final class Builder {
        private final List<Map<Character, Integer>> tree = new ArrayList<>(List.of(new TreeMap<>()));
        private final Map<Integer, Boolean> words = new HashMap<>();

        void add(String word) {
            int state = ROOT;
            for (int i = 0; i < word.length(); i++) {
                Map<Character, Integer> edges = tree.get(state);
                Integer target = edges.get(word.charAt(i));
                if (target == null) {
                    target = tree.size();
                    tree.add(new TreeMap<>());
                    edges.put(word.charAt(i), target);
                }
                state = target;
            }
            words.put(state, true);
        }

        Automaton build() {
            boolean[] word = new boolean[tree.size()];
            words.keySet().forEach(state -> word[state] = true);
            return new Automaton(tree, word);
        }
    }
}
