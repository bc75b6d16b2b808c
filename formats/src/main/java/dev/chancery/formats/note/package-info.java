/// Signed notes and the checkpoints of transparency logs (C2SP signed-note v1.0.0, tlog-checkpoint v1.0.0).
///
/// A note is a text, an empty line, and lines of signatures:
///
/// ```text
/// example.com/log
/// 20852163
/// CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
///
/// — example.com/log Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
/// ```
///
/// Nothing of its text may be believed before a signature by a known key was verified over all of it. Both notations have one
/// spelling for each value, and only that one is read: what is read and written again is the same text.
@NullMarked
package dev.chancery.formats.note;

import org.jspecify.annotations.NullMarked;
