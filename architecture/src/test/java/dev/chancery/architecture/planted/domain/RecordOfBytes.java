package dev.chancery.architecture.planted.domain;

@SuppressWarnings("ArrayRecordComponent") // planted: what the rule is there to refuse
public record RecordOfBytes(byte[] component) {
}
