package org.gonghui.org;

import com.github.houbb.pinyin.constant.enums.PinyinStyleEnum;
import com.github.houbb.pinyin.util.PinyinHelper;
import java.util.Locale;

/**
 * How a Chinese name is spelt, for search and for sorting: 东桥 is {@code dongqiao}, its initials {@code dq}. Letters and
 * digits in the name stay; a character whose sound is not known stays itself.
 */
public record Spelling(String pinyin, String initials) {

    /** The spelling of this name, in small letters. */
    public static Spelling of(String name) {
        String spaced = PinyinHelper.toPinyin(name, PinyinStyleEnum.NORMAL, " ").toLowerCase(Locale.ROOT);
        var pinyin = new StringBuilder(spaced.length());
        var initials = new StringBuilder(name.length());
        boolean start = true;
        for (int i = 0; i < spaced.length(); ) {
            int point = spaced.codePointAt(i);
            i += Character.charCount(point);
            if (Character.isLetterOrDigit(point)) {
                pinyin.appendCodePoint(point);
                if (start) {
                    initials.appendCodePoint(point);
                }
                start = Character.isDigit(point); // 3M is two initials
            } else {
                start = true;
            }
        }
        return new Spelling(pinyin.toString(), initials.toString());
    }
}
