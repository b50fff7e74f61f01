package org.gonghui.outreach;

import java.util.UUID;

/** Names a meeting. */
public record MeetingId(UUID value) {

    /** The id written like this, as it stands in addresses. */
    public static MeetingId of(String text) {
        return new MeetingId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
