package org.gonghui.member;

import java.util.UUID;

/** The id of a person who is, or was, a member: one person, one id, whatever unions they belonged to. */
public record MemberId(UUID value) {

    /** Reads the form shown in addresses; anything else is {@link IllegalArgumentException}. */
    public static MemberId of(String text) {
        return new MemberId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
