package org.gonghui.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/**
 * What a browser says it is, as its owner would call it: the program and the kind of device, nothing by which one of a kind
 * could be told from another.
 */
final class Browser {

    /** What names a program, the more special before the general that it also claims to be. */
    private static final Map<String, String> PROGRAMS = new LinkedHashMap<>();

    private static final Map<String, String> DEVICES = new LinkedHashMap<>();

    static {
        PROGRAMS.put("MicroMessenger", "WeChat");
        PROGRAMS.put("Edg", "Edge");
        PROGRAMS.put("HuaweiBrowser", "Huawei");
        PROGRAMS.put("QQBrowser", "QQ");
        PROGRAMS.put("UCBrowser", "UC");
        PROGRAMS.put("Firefox", "Firefox");
        PROGRAMS.put("Chrome", "Chrome");
        PROGRAMS.put("Safari", "Safari");
        DEVICES.put("OpenHarmony", "HarmonyOS");
        DEVICES.put("Android", "Android");
        DEVICES.put("iPhone", "iPhone");
        DEVICES.put("iPad", "iPad");
        DEVICES.put("Windows", "Windows");
        DEVICES.put("Mac OS X", "Mac");
        DEVICES.put("Linux", "Linux");
    }

    private Browser() {}

    /** Its name; empty for one that does not say. */
    static String of(HttpServletRequest request) {
        String said = request.getHeader(HttpHeaders.USER_AGENT);
        if (said == null) {
            return "";
        }
        String program = first(PROGRAMS, said);
        String device = first(DEVICES, said);
        return program.isEmpty() || device.isEmpty() ? program + device : program + " · " + device;
    }

    private static String first(Map<String, String> names, String said) {
        return names.entrySet().stream()
                .filter(each -> said.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }
}
