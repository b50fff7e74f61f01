package org.gonghui.employer;

/** Whose an employer is. The word is {@code employer.ownership.<name>}. */
public enum Ownership {
    PRIVATE(true),
    FOREIGN(true),
    /** Of owners from Hong Kong, Macao or Taiwan. */
    HONG_KONG_MACAO_TAIWAN(true),
    /** 个体工商户: one person's or family's business. */
    INDIVIDUAL(true),
    STATE(false),
    COLLECTIVE(false),
    /** 事业单位: schools, hospitals and the like. */
    PUBLIC_INSTITUTION(false),
    GOVERNMENT(false),
    /** 社会组织: associations, foundations, private non-profit units. */
    SOCIAL_ORGANISATION(false);

    private final boolean nonPublicEnterprise;

    Ownership(boolean nonPublicEnterprise) {
        this.nonPublicEnterprise = nonPublicEnterprise;
    }

    /** True for 非公企业, of which newly founded unions are reported by size. */
    public boolean isNonPublicEnterprise() {
        return nonPublicEnterprise;
    }
}
