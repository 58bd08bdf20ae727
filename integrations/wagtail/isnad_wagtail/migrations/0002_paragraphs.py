"""What was checked is kept as paragraphs; of the checks so far only digests are known."""

from django.db import migrations


def forget_digests(apps, schema_editor):
    apps.get_model("isnad_wagtail", "Check").objects.update(sent={})


class Migration(migrations.Migration):
    dependencies = [("isnad_wagtail", "0001_initial")]

    operations = [migrations.RunPython(forget_digests, migrations.RunPython.noop)]
