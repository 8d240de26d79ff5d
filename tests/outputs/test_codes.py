"""The grammar of output and deliverable codes, tried without a database."""

import pytest

from outputs.codes import OutputCode

GOOD = ["O.T2.1", "O.T3.12", "D.T2.3.5", "T2.3.5", "T1.10.12"]
SHORT = ["", "T2.3", "O.T2", "O.T2.1.3"]
ODD = ["t2.3.5", "T0.1.1", "T2.03.5", "T2.3.5 ", "T2.3.5\n", "X.T2.1", "T2.3.٥"]


@pytest.mark.parametrize("text", GOOD)
def test_a_code_reads_as_it_is_written(text):
    code = OutputCode(text)

    assert str(code) == text


@pytest.mark.parametrize("text", SHORT + ODD)
def test_what_is_no_code_is_refused(text):
    with pytest.raises(ValueError, match="is not a code"):
        OutputCode(text)


def test_an_output_is_told_from_a_deliverable():
    codes = [OutputCode("O.T2.1"), OutputCode("D.T2.3.5"), OutputCode("T2.3.5")]

    kinds = [code.is_output for code in codes]

    assert kinds == [True, False, False]


@pytest.mark.parametrize("text", ["O.T2.1", "D.T2.3.5", "T2.3.5"])
def test_every_code_names_its_work_package(text):
    code = OutputCode(text)

    assert code.work_package == "T2"


def test_a_deliverable_is_printed_without_its_letter():
    code = OutputCode("D.T2.3.5")

    assert code.short == "T2.3.5"
