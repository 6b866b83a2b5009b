"""What can go wrong with recipes, training and models: a code, a sentence, a remedy.

Not responsible for what training says while it goes on (`notice_texts`).
"""

from __future__ import annotations

__all__ = ["TRAINING_TEXTS"]

#: code -> (what happened, what to do). Values stand in braces.
TRAINING_TEXTS: dict[str, tuple[str, str]] = {
    # -- bugs of ours that must not end the program ----------------------------------------------
    "engine-missing": (
        "The engine could not be loaded: {reason}.",
        "Install GAN Studio again. Pictures and projects can be looked at meanwhile.",
    ),
    "explorer-bug": ("Drawing broke. This is our fault.", "Open the model again.\n{report}"),
    "export-bug": ("Saving broke. This is our fault.", "Nothing was lost.\n{report}"),
    "import-bug": ("Reading pictures broke. This is our fault.", "Nothing was lost.\n{report}"),
    "judging-bug": ("Judging broke. This is our fault.", "Nothing was lost.\n{report}"),
    # -- recipes and values ---------------------------------------------------------------------
    "bad-count": ("{text} is not a number of pictures.", "Write 4000, 4k or 1M."),
    "bad-diversity": ("A diversity of {text} is outside 0 to 2.", "1 is everything it knows."),
    "bad-aspect": ("{text} is not a proportion.", "Use one of {available}."),
    "bad-colours": ("{text} are not colours.", "Use grey, colour or transparent."),
    "bad-framing": ("{text} is not a framing.", "Use crop or pad."),
    "bad-seeds": ("{text} is not a list of seeds.", "Write 0-63, or 1,5,9."),
    "bad-setting": (
        "{key} cannot be {value}: {reason}.",
        "See `ganstudio info` for what it is now.",
    ),
    "bad-size": ("{text} is not a picture size.", "Use 32, 64, 128, 256 or 512."),
    "pictures-changed": (
        "The pictures changed while the training was made ready.",
        "Start it again.",
    ),
    "no-kinds": (
        "The pictures lie in one folder, so there are no kinds of them to tell apart.",
        "Put every kind into a folder of its own, or leave out --kinds.",
    ),
    "no-such-kind": ("This model knows no kind called {name}.", "It knows: {available}."),
    "no-such-preset": ("There is no recipe called {name}.", "There are: {available}."),
    "no-such-setting": ("A recipe has no {key}.", "It has: {available}."),
    "setting-form": ("{text} is not a setting.", "Write KEY=VALUE, for example network.width=32."),
    # -- training and models --------------------------------------------------------------------
    "bad-processes": (
        "{processes} processes cannot share batches of {batch} pictures evenly.",
        "Start another number of them, or set batch_size to a multiple of {unit}.",
    ),
    "bad-threads": (
        "Training cannot use {count} threads here.",
        "Use 1 to {cores}, or 0 to leave the choice to GAN Studio.",
    ),
    "helper-out-of-memory": (
        "The memory of process {rank} is full, so training is ended.",
        "Start more processes, each with fewer pictures at a time, or a smaller network.",
    ),
    "helper-without-pictures": (
        "Process {rank} finds {found} of the {wanted} pictures that training learns from.",
        "Let all hosts see the same project folder, or copy all of it to each of them.",
    ),
    "model-damaged": (
        "{path} is damaged or cut short, or no model at all.",
        "Fetch it again from where it came.",
    ),
    "model-is-program": (
        "{path} is a pickle: a file that could run programs, so it is never opened.",
        "Ask for the model as a real .safetensors file.",
    ),
    "model-not-finite": (
        "{path} holds numbers that are not finite, so it cannot draw.",
        "Choose an earlier snapshot.",
    ),
    "model-other-networks": (
        "{path} does not fit the networks it describes.",
        "Fetch it again from where it came; it was changed after it was saved.",
    ),
    "model-too-large": (
        "{path} is too large to be a model of GAN Studio.",
        "Choose a .safetensors file that GAN Studio saved.",
    ),
    "model-unknown": (
        "{path} does not say which networks it belongs to.",
        "Choose a .safetensors file that GAN Studio saved.",
    ),
    "processes-apart": (
        "The processes that shall train together do not find each other: {reason}.",
        "Start all of them with torchrun, on hosts that can reach each other.",
    ),
    "no-such-device": ("There is no {name} on this computer.", "There are: {available}."),
    "run-other-pictures": (
        "This run learns from pictures of {wanted}, and these are of {found}.",
        "Go back to that picture size, or start a new run.",
    ),
    "too-few-pictures": ("There is no picture left to learn from.", "Bring some in first."),
    "training-disk-full": (
        "The disk is nearly full, so training was ended at {clock} pictures seen.",
        "Everything up to {saved} is saved. Free at least {needed_mb} MB, then go on.",
    ),
    "training-device-lost": (
        "The {device} stopped answering at {clock} pictures seen, so training was ended.",
        "Everything up to {saved} is saved. Start GAN Studio again and go on; if it comes back, "
        "restart the computer, or train on the CPU.",
    ),
    "training-diverged": (
        "The two networks blew up three times, so training was ended at {clock} pictures seen.",
        "Everything up to {saved} is saved. Start a new run with a lower learning rate.",
    ),
    "training-no-way-back": (
        "The networks blew up, and no checkpoint is left to go back to.",
        "Start a new run, with a lower learning rate.",
    ),
    "training-out-of-memory": (
        "The memory is full even with a few pictures at a time, so training was ended.",
        "Everything up to {saved} is saved. Close other programs, or start a smaller network.",
    ),
    "training-process-lost": (
        "Another process of this training has ended, and training with it.",
        "Everything up to {saved} is saved. Read what that process said, then go on.",
    ),
    "start-gone": (
        "The run {name}, which the new one should begin with, is not there any more.",
        "Choose another beginning under More, or nothing.",
    ),
    "start-no-inspector": (
        "{path} holds a generator alone, and training needs its inspector too.",
        "Start from a run, a snapshot of one, or a model that came with the program.",
    ),
    "start-other-networks": (
        "{path} learned with {found}, and this run would have {wanted}.",
        "Start from another model, or from nothing.",
    ),
    # -- weights of Inception, which a person supplies for FID ------------------------------------
    "inception-changed": (
        "{path} holds other weights than when it was chosen.",
        "Choose it again in the settings; FIDs of both are kept apart.",
    ),
    "inception-damaged": (
        "{path} is damaged or cut short, or no safetensors file at all.",
        "Fetch it again from where it came; about 95 MB are right.",
    ),
    "inception-is-program": (
        "{path} is a pickle: a file that could run programs, so it is never opened.",
        "Where you trust it, convert it in Python: safetensors.torch.save_file("
        "torch.load('weights.pth', weights_only=True), 'weights.safetensors').",
    ),
    "inception-lacks": (
        "{path} is not the Inception network of FID: {name} is missing ({count} in all).",
        "Supply the weights of pytorch-fid (pt_inception-2015-12-05), as safetensors.",
    ),
    "inception-not-finite": (
        "{path} holds numbers that are not finite, so nothing can be measured with it.",
        "Fetch it again from where it came, and convert it once more.",
    ),
    "inception-other-classes": (
        "{path} is another Inception network: the one that FID is defined by has {classes} "
        "classes.",
        "Supply the weights of pytorch-fid (pt_inception-2015-12-05), as safetensors.",
    ),
    "inception-other-shape": (
        "{path} is not the Inception network of FID: {name} is not {wanted} in float32.",
        "Supply the weights of pytorch-fid (pt_inception-2015-12-05), as safetensors.",
    ),
    "inception-too-large": (
        "{path} is too large to be weights of Inception, which are 95 MB.",
        "Supply the weights of pytorch-fid (pt_inception-2015-12-05), as safetensors.",
    ),
    # -- settings that do not go together -------------------------------------------------------
    "combination-batch-norm-penalty": (
        "The inspector of {network} compares pictures, so its slope at one of them means nothing.",
        "Set network.d_norm=none to keep the penalty, or game.gamma=0 to go without.",
    ),
    "combination-leaks": (
        "Augmenting {p} of all pictures shows up in what the generator draws.",
        "Keep augment.p at 0.8 or lower.",
    ),
    "combination-minimax": (
        "With the minimax loss the generator learns next to nothing while its pictures are bad.",
        "It shows why nobody uses it; game.loss=non-saturating has the same goal.",
    ),
    "combination-momentum-wasserstein": (
        "The Wasserstein loss becomes unstable with momentum.",
        "Set optimizer.beta1=0.",
    ),
    "combination-nothing-holds": (
        "Nothing keeps the inspector in check, so training may run in circles.",
        "Set game.gamma=1 for a penalty, or network.d_norm=spectral.",
    ),
    "combination-residual-too-fast": (
        "Networks such as {network} are known to blow up at a learning rate of {lr}.",
        "Set optimizer.lr=0.0002.",
    ),
    "combination-sign-without-middle": (
        "The loss {loss} only compares pictures, so the sign of a score means nothing.",
        "Set augment.steer=held-out, or augment.steer=ramp.",
    ),
    "combination-wasserstein-unbounded": (
        "The Wasserstein loss has no bound unless something keeps the inspector in check.",
        "Set game.penalty=wgan-gp and game.gamma=10, or network.d_norm=spectral.",
    ),
}
