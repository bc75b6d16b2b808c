package dev.chancery.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.note.SignedNoteCodec;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SignedNoteCodecFuzz {
    /// The example of C2SP tlog-checkpoint.
    static Stream<Arguments> seeds() {
        return Stream.of(Arguments.of((Object) Bytes.ofUtf8("""
                example.com/behind-the-sofa
                20852163
                CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

                — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
                """).toByteArray()));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void everyInputIsReadAndWrittenAgainOrRefused(byte[] input) {
        Fuzzing.roundTrip(input, SignedNoteCodec::read, note -> Bytes.ofUtf8(SignedNoteCodec.write(note)));
    }
}
