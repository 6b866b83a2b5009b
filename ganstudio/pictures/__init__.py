"""From anybody's folder to a training set.

Finds pictures in folders, ZIPs, single files and bundled sets; decodes them once, in parallel,
into a memory-mapped cache; says by name what was left out and why; gives training its pictures.
Originals are only ever read.

Not responsible for: threads (the caller brings an executor and a task), writing a project's list
(functions return a new one), tensors and augmentation (`gan`), or anything a person sees.
"""

from ganstudio.pictures.bundles import BUNDLES, PREFIX, Bundle, bundle_named
from ganstudio.pictures.dataset import TrainingSet, indices_of, open_training_set
from ganstudio.pictures.decode import Decoded, decode
from ganstudio.pictures.entries import Problem, problems_of, remove_source
from ganstudio.pictures.formats import Unusable
from ganstudio.pictures.framing import MODES, SIZES, framing_key
from ganstudio.pictures.held_out import held_out
from ganstudio.pictures.importer import ImportReport, import_pictures, refresh_pictures
from ganstudio.pictures.places import source_title
from ganstudio.pictures.reading import FolderPicture, read_folder
from ganstudio.pictures.view import PictureInfo, PictureView, bundle_tiles

__all__ = [
    "BUNDLES",
    "MODES",
    "PREFIX",
    "SIZES",
    "Bundle",
    "Decoded",
    "FolderPicture",
    "ImportReport",
    "PictureInfo",
    "PictureView",
    "Problem",
    "TrainingSet",
    "Unusable",
    "bundle_named",
    "bundle_tiles",
    "decode",
    "framing_key",
    "held_out",
    "import_pictures",
    "indices_of",
    "open_training_set",
    "problems_of",
    "read_folder",
    "refresh_pictures",
    "remove_source",
    "source_title",
]
