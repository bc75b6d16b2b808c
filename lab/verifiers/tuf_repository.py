"""Makes a TUF repository with delegations, by python-tuf.
  python tuf_repository.py FOLDER     metadata and targets as a mirror has them, and FOLDER/root.json to begin with

trusted_root.json and signing_config.v0.2.json are listed by one role, which needs two keys of different kinds and whose name needs quoting;
the way to it goes over sixteen bins named by hash prefixes. Others list files of those names too, whom a client must not believe: one who is trusted
for other paths only, and one after a terminating delegation.
"""
import datetime
import hashlib
import pathlib
import sys

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import DelegatedRole, Delegations, Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp

folder = pathlib.Path(sys.argv[1])
EXPIRES = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0) + datetime.timedelta(days=1)
FILES = ["trusted_root.json", "signing_config.v0.2.json"]
LEAF = "team/Übung"
snapshot = Snapshot(expires=EXPIRES)


def write(name, metadata, signers):
    for signer in signers:
        metadata.sign(signer, append=True)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    metadata.to_file(str(path))
    return path.read_bytes()


def listing(word):
    targets = {}
    for name in FILES:
        content = f'{{"listed by":"{word}","name":"{name}"}}\n'.encode()
        path = folder / "targets" / f"{hashlib.sha256(content).hexdigest()}.{name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        targets[name] = TargetFile.from_data(name, content, ["sha256"])
    return targets


def role(name, targets, signers):
    write(f"1.{name}.json", Metadata(targets), signers)
    snapshot.meta[f"{name}.json"] = MetaFile(1)


def delegate(targets, roles):
    """roles: (DelegatedRole without keys, signers)"""
    targets.delegations = Delegations({}, {each.name: each for each, _ in roles})
    for each, signers in roles:
        for signer in signers:
            targets.add_key(signer.public_key, each.name)


online, offline = CryptoSigner.generate_ed25519(), CryptoSigner.generate_ecdsa()
bins, stranger = CryptoSigner.generate_ecdsa(), CryptoSigner.generate_ed25519()
leaf = [CryptoSigner.generate_ecdsa(), CryptoSigner.generate_rsa()]

role(LEAF, Targets(expires=EXPIRES, targets=listing(LEAF)), leaf)
role("stranger", Targets(expires=EXPIRES, targets=listing("stranger")), [stranger])
for digit in "0123456789abcdef":
    targets = Targets(expires=EXPIRES)
    delegate(targets, [(DelegatedRole(LEAF, [], 2, False, paths=["*.json"]), leaf)])
    role(f"bin-{digit}", targets, [bins])
top = Targets(expires=EXPIRES)
delegate(top, [(DelegatedRole("stranger", [], 1, False, paths=["other/*", "*.txt"]), [stranger])]
         + [(DelegatedRole(f"bin-{digit}", [], 1, True, path_hash_prefixes=[digit]), [bins]) for digit in "0123456789abcdef"]
         + [(DelegatedRole("never", [], 1, False, paths=["*"]), [stranger])])
write("1.targets.json", Metadata(top), [online])
snapshot.meta["targets.json"] = MetaFile(1)
snapshot.meta["never.json"] = MetaFile(1)  # which isn't there
write("1.snapshot.json", Metadata(snapshot), [online])
write("timestamp.json", Metadata(Timestamp(expires=EXPIRES, snapshot_meta=MetaFile(1))), [online])
root = Root(expires=EXPIRES, consistent_snapshot=True)
for name in ("timestamp", "snapshot", "targets"):
    root.add_key(online.public_key, name)
for signer in (online, offline):
    root.add_key(signer.public_key, "root")
root.roles["root"].threshold = 2
(folder / "root.json").write_bytes(write("1.root.json", Metadata(root), [online, offline]))
