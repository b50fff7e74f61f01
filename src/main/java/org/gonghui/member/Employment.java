package org.gonghui.member;

/**
 * A form of employment: a row of the dated table, not an enumeration, because new forms appear. Its word is the message
 * {@code member.employment.<code>}.
 *
 * @param newForm true for a new form of employment (courier, food delivery, ride-hailing and others)
 */
public record Employment(String code, boolean newForm) {}
