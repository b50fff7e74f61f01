package org.gonghui.layout;

import org.gonghui.kernel.Right;

/**
 * One entry of the desk's navigation: a module declares its own as a bean, and whoever holds the right sees it.
 *
 * @param group message key of the heading above it: {@code desk.group.organisation}
 * @param label message key of its name
 * @param icon name in the sprite
 * @param address where it leads
 * @param order place in the navigation, small first
 */
public record WorkArea(String group, String label, String icon, String address, Right right, int order) {}
