package org.gonghui.sheet;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.function.IntFunction;

/** A file that is kept in parts of one size, the last of which may be shorter: no more than one of them is in memory. */
public final class PartedFile implements SeekableByteChannel {

    private final int partBytes;
    private final long size;
    private final IntFunction<byte[]> parts;
    private byte[] part = {};
    private int number = -1;
    private long position;
    private boolean open = true;

    /**
     * Opens it.
     *
     * @param parts the content of each, by number from 0
     */
    public PartedFile(int partBytes, long size, IntFunction<byte[]> parts) {
        this.partBytes = partBytes;
        this.size = size;
        this.parts = parts;
    }

    /** A file that is in memory anyway. */
    static PartedFile of(byte[] file) {
        return new PartedFile(Math.max(1, file.length), file.length, number -> file);
    }

    @Override
    public int read(ByteBuffer into) throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
        if (position >= size) {
            return -1;
        }
        int wanted = Math.toIntExact(position / partBytes);
        if (wanted != number) {
            part = part(wanted);
            number = wanted;
        }
        int at = (int) (position % partBytes);
        int read = Math.min(into.remaining(), part.length - at);
        into.put(part, at, read);
        position += read;
        return read;
    }

    private byte[] part(int wanted) {
        try {
            return parts.apply(wanted);
        } catch (RuntimeException why) {
            throw new SheetReader.Failed(why);
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public PartedFile position(long to) {
        position = to;
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long to) {
        throw new NonWritableChannelException();
    }
}
