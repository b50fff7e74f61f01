package org.gonghui.access;

/**
 * Another way for staff to sign in than by password, offered beside it where a module declares one as a bean.
 *
 * @param name what people call it
 * @param address where it begins; takes {@code to}, where the person wants to go
 * @param tying where somebody who is signed in ties their account to it
 */
public record OtherWay(String name, String address, String tying) {}
