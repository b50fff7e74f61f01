package org.gonghui.employer;

/**
 * How large an employer is, by its headcount: exclusive classes that include their lower bound. The word is
 * {@code employer.size.<name>}.
 */
public enum SizeClass {
    /** 1,000 workers and more. */
    LARGE(1_000, Integer.MAX_VALUE),
    /** 100 to 999. */
    MEDIUM(100, 1_000),
    /** 25 to 99. */
    SMALL(25, 100),
    /** Under 25: may found a union alone or together with others. */
    TINY(0, 25);

    private final int from;
    private final int to;

    SizeClass(int from, int to) {
        this.from = from;
        this.to = to;
    }

    /** The class of so many workers. */
    public static SizeClass of(int workers) {
        for (SizeClass size : values()) {
            if (workers >= size.from) {
                return size;
            }
        }
        throw new IllegalArgumentException("a headcount below zero");
    }

    /** The fewest workers of the class. */
    public int from() {
        return from;
    }

    /** One more than the most workers of the class. */
    int to() {
        return to;
    }
}
