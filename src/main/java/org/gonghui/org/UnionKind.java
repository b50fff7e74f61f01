package org.gonghui.org;

import java.util.EnumSet;
import java.util.Set;

/** The kinds of unions, and which may be founded below which. The word is the message {@code org.kind.<name>}. */
public enum UnionKind {
    /** 市总工会: the root of the tree. */
    CITY_FEDERATION,
    /** 区总工会, the development zone's too. */
    DISTRICT_FEDERATION,
    /** 街道总工会. */
    STREET_FEDERATION,
    /** 乡镇总工会. */
    TOWN_FEDERATION,
    /** 产业工会. */
    INDUSTRY_UNION,
    /** 集团工会. */
    GROUP_UNION,
    /** 区域性工会联合会. */
    REGIONAL_ASSOCIATION,
    /** 行业性工会联合会. */
    INDUSTRY_ASSOCIATION,
    /** 基层工会: the union of one enterprise or unit. */
    BASE_UNION,
    /** 联合基层工会: one for several small units, or for a street's new-form workers. */
    JOINT_BASE_UNION;

    /** The kinds that may be founded directly below a union of this kind; none below a base union. */
    public Set<UnionKind> mayFound() {
        return switch (this) {
            case CITY_FEDERATION ->
                EnumSet.of(DISTRICT_FEDERATION, INDUSTRY_UNION, GROUP_UNION, INDUSTRY_ASSOCIATION, BASE_UNION);
            case DISTRICT_FEDERATION ->
                EnumSet.of(
                        STREET_FEDERATION,
                        TOWN_FEDERATION,
                        INDUSTRY_UNION,
                        GROUP_UNION,
                        REGIONAL_ASSOCIATION,
                        INDUSTRY_ASSOCIATION,
                        BASE_UNION,
                        JOINT_BASE_UNION);
            case STREET_FEDERATION, TOWN_FEDERATION ->
                EnumSet.of(BASE_UNION, JOINT_BASE_UNION, REGIONAL_ASSOCIATION, INDUSTRY_ASSOCIATION, GROUP_UNION);
            case INDUSTRY_UNION, GROUP_UNION -> EnumSet.of(GROUP_UNION, BASE_UNION, JOINT_BASE_UNION);
            case REGIONAL_ASSOCIATION, INDUSTRY_ASSOCIATION -> EnumSet.of(BASE_UNION, JOINT_BASE_UNION);
            case BASE_UNION, JOINT_BASE_UNION -> EnumSet.noneOf(UnionKind.class);
        };
    }

    /** True for the unions that members belong to. */
    public boolean isBase() {
        return this == BASE_UNION || this == JOINT_BASE_UNION;
    }
}
