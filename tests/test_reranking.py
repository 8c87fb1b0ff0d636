"""Reranking by a cross-encoder: only where one is named, only the first hits, and told with each hit."""

import numpy as np
import pytest

from beleidskennis.embeddings import load_reranker
from beleidskennis.errors import ModelError, SettingsError
from beleidskennis.library import Library
from beleidskennis.model import QueryReading
from beleidskennis.reranking import LEG, reranked

QUESTION = "ruimte voor werk in de Kalkhaven"


class Backwards:
    """Likes the last of every two best, and the two of a pair alike."""

    def __init__(self, top):
        self.top, self.asked = top, []

    def scores(self, question, texts):
        self.asked.append((question, len(texts)))
        return np.arange(len(texts), dtype=np.float32) // 2


def ids(hits):
    return [hit.passage.passage_id for hit in hits]


def test_the_first_hits_take_the_models_order_and_the_rest_stay(sample_library):
    before = sample_library.search(QUESTION, k=8).hits
    after = reranked(QueryReading(QUESTION), before, Backwards(top=5))
    assert ids(after) == ids([before[place] for place in (4, 2, 3, 0, 1, 5, 6, 7)])
    assert [hit.rank for hit in after] == list(range(1, 9))
    assert [hit.score for hit in after] == [hit.score for hit in before]
    assert [hit.legs[-1].leg == LEG for hit in after] == [True] * 5 + [False] * 3
    assert after[0].legs[:-1], "why it was found stays"


def test_the_model_reads_the_question_with_its_typing_errors_put_right(sample_library):
    hits = sample_library.search("arbeidsmarkt", k=2).hits
    reranker = Backwards(top=3)
    reading = QueryReading("arbiedsmarkt krap", corrections=(("arbiedsmarkt", "arbeidsmarkt"),))
    assert reranked(reading, [], reranker) == ()
    assert not reranker.asked, "nothing found, nothing asked"
    reranked(reading, hits, reranker)
    assert reranker.asked == [("arbeidsmarkt krap", 2)]


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory):
    """A folder with a cross-encoder of a few thousand untrained weights."""
    import torch
    from sentence_transformers import CrossEncoder
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "werk", "ruimte", "kade", "hectare", "de", "van", "stad", "wonen"]
    tokenizer = Tokenizer(models.WordLevel({word: number for number, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=128, **special)
    torch.manual_seed(4)
    small = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=128, num_labels=1, initializer_range=1.0,
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("cross-encoder")
    BertForSequenceClassification(small).save_pretrained(folder)
    fast.save_pretrained(folder)
    CrossEncoder(str(folder), device="cpu").save_pretrained(str(folder))
    return folder


def test_a_cross_encoder_in_a_folder_reorders_what_the_library_finds(cross_encoder, sample_library, sample_settings):
    settings = sample_settings.model_copy(update={"reranker": f"{cross_encoder}#6"})
    plain = sample_library.search(QUESTION, k=8).hits
    with Library.open(settings, encoder=sample_library.encoder) as library:
        hits = library.search(QUESTION, k=8).hits
        few = library.search(QUESTION, k=2).hits
    said = load_reranker(f"{cross_encoder}#6").scores(QUESTION, [hit.passage.embed_text for hit in plain[:6]])
    wanted = [plain[place] for place in np.argsort(-said, kind="stable")]
    assert len(set(said.tolist())) > 1
    assert ids(hits) == ids([*wanted, *plain[6:]])
    assert ids(few) == ids(wanted[:2]), "six are looked at, however few are asked for"


@pytest.mark.parametrize("setting", ["model#0", "model#veel", "model#"])
def test_a_wrong_number_of_hits_is_refused_with_the_way_out(setting):
    with pytest.raises(SettingsError) as raised:
        load_reranker(setting)
    assert "#50" in raised.value.hint


def test_a_folder_without_a_model_is_a_clear_error(tmp_path):
    with pytest.raises(ModelError) as raised:
        load_reranker(str(tmp_path))
    assert "BELEIDSKENNIS_RERANKER" in raised.value.hint
