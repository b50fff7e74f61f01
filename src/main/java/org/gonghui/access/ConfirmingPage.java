package org.gonghui.access;

/**
 * Where somebody without a second factor shows once more who they are; declared by the module by which they sign in.
 *
 * @param address takes {@code to}, where the person wants to go
 */
public record ConfirmingPage(String address) {}
